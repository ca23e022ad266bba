"""Data packages: the tables of ``sayso.tables.contents`` as files in a folder, described by ``datapackage.json``."""
