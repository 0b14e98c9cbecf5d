"""Places and areas that the shapes are held against.

Provenance: named places with coordinates from GeoNames (towns, rounded to 0.01 degree) and the zone each must fall in,
and areas in square kilometres, from a compilation of the zones made independently of this package's own shapes code:
present-day countries and ISO 3166-2 regions of Natural Earth 1:10m (public domain), composed by the wording of CFE II,
IV, V and of the Flank Document, areas geodesic on WGS84. Both are facts; they were worked out before the code they test.
"""

from __future__ import annotations

from datetime import date

SIGNATURE, PARTIES, BEFORE, AFTER = date(1990, 11, 19), date(1992, 8, 1), date(1997, 5, 14), date(1997, 5, 15)

# name: (longitude, latitude), zone it must lie in and on which day; no zone: outside the area at signature
PLACES: dict[str, tuple[tuple[float, float], str | None, date]] = {
    "Moscow": ((37.62, 55.75), "iv.2", SIGNATURE),
    "Perm": ((56.25, 58.01), "iv.2", SIGNATURE),
    "Ufa": ((55.97, 54.74), "iv.2", SIGNATURE),
    "Orenburg (north bank)": ((55.10, 51.80), "iv.2", SIGNATURE),
    "Oral": ((51.36, 51.23), "iv.2", SIGNATURE),
    "Yekaterinburg": ((60.61, 56.84), None, SIGNATURE),
    "Chelyabinsk": ((61.40, 55.16), None, SIGNATURE),
    "Aktobe": ((57.17, 50.28), None, SIGNATURE),
    "Aktau": ((51.20, 43.65), None, SIGNATURE),
    "Diyarbakir": ((40.23, 37.91), None, SIGNATURE),
    "Ankara": ((32.86, 39.93), "flank", SIGNATURE),
    "Erzurum": ((41.27, 39.90), "flank", SIGNATURE),
    "Mersin": ((34.64, 36.80), None, SIGNATURE),
    "Adana": ((35.32, 37.00), "flank", SIGNATURE),
    "Reykjavik": ((-21.90, 64.14), "flank", SIGNATURE),
    "Helsinki": ((24.94, 60.19), None, SIGNATURE),
    "Vienna": ((16.37, 48.21), None, SIGNATURE),
    "Riga": ((24.10, 56.95), "iv.3", SIGNATURE),
    "Kaliningrad": ((20.55, 54.70), "iv.3", PARTIES),
    "Pskov": ((28.33, 57.82), "flank", SIGNATURE),
    "Volgodonsk": ((42.16, 47.51), "iv.2", AFTER),
    "Rostov": ((39.71, 47.23), "flank", AFTER),
    "Kushchevskaya": ((39.63, 46.56), "iv.2", AFTER),
    "Krasnodar": ((39.0, 45.03), "flank", AFTER),
    "Odesa": ((30.72, 46.49), "iv.3", AFTER),
    "Simferopol": ((34.10, 44.95), "flank", AFTER),
    "Belushya Guba": ((52.32, 71.54), "flank", SIGNATURE),
    "Longyearbyen": ((15.6, 78.2), "flank", SIGNATURE),
    "Syktyvkar": ((50.84, 61.67), "iv.2", SIGNATURE),
    "Las Palmas": ((-15.45, 28.05), "iv.2", SIGNATURE),
    "Nuuk": ((-51.7, 64.18), None, SIGNATURE),
    "Bear Island": ((19.05, 74.45), "flank", SIGNATURE),
    "Torshavn": ((-6.80, 62.02), "iv.3", SIGNATURE),
    "Ponta Delgada": ((-25.65, 37.78), "iv.2", SIGNATURE),
    "Funchal hills": ((-16.95, 32.72), "iv.2", SIGNATURE),
    "Franz Josef Land": ((49.5, 80.5), "flank", SIGNATURE),
    "Sevastopol": ((33.62, 44.55), "flank", AFTER),
    "Ceuta": ((-5.32, 35.89), None, SIGNATURE),
    "Cayenne": ((-52.33, 4.93), None, SIGNATURE),
}

# what the Flank Document moved (FLANK III): place, nested zone or flank before, and after
MOVED = {
    "Pskov": ("flank", "iv.2"),
    "Volgodonsk": ("flank", "iv.2"),
    "Kushchevskaya": ("flank", "iv.2"),
    "Odesa": ("flank", "iv.3"),
}

# (zone, day): square kilometres
AREAS: dict[tuple[str, date], int] = {
    ("md-baltic", SIGNATURE): 188_779,
    ("md-belorussian", SIGNATURE): 207_496,
    ("md-carpathian", SIGNATURE): 187_915,
    ("md-kiev", SIGNATURE): 274_108,
    ("md-odessa", SIGNATURE): 170_283,
    ("md-leningrad", SIGNATURE): 1_241_030,
    ("md-north-caucasus", SIGNATURE): 588_393,
    ("md-transcaucasus", SIGNATURE): 185_409,
    ("md-moscow", SIGNATURE): 729_609,
    ("kaliningrad", SIGNATURE): 13_440,
    ("iv.4", SIGNATURE): 961_905,
    ("iv.3", SIGNATURE): 2_957_004,
    ("iv.2", SIGNATURE): 5_805_061,
    ("flank", SIGNATURE): 3_743_143,
    ("attu", SIGNATURE): 9_548_205,
    ("iv.3", PARTIES): 2_781_665,
    ("iv.2", PARTIES): 5_629_722,
    ("flank", BEFORE): 3_743_143,
    ("attu", PARTIES): 9_372_866,
    ("iv.3", AFTER): 2_814_843,
    ("iv.2", AFTER): 5_914_747,
    ("flank", AFTER): 3_458_119,
    ("original_flank", AFTER): 3_743_143,
    ("russia-flank-original", AFTER): 1_829_423,
    ("russia-flank", AFTER): 1_577_576,
    ("odessa-oblast", AFTER): 33_177,
}
REALIGNED_RUSSIA_KM2, REALIGNED_UKRAINE_KM2 = 251_847, 33_177
