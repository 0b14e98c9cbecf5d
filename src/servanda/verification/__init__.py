"""Who may check: quotas, requests judged, the course of an inspection, a season's plan and its simulation."""
