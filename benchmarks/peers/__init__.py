"""Peers, each in its best idiom, one file each."""
