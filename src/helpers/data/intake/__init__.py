"""Exports in: from a messy file of a case system to contract tables that hold.

A file is read as sheets of cells (`delimited`, `workbooks`), the header is found (`sheets`), the
mapping says which column is which (`mapping`), cells become values (`values`, `convert`), the
contracts are held and the tables written (`importing`).
"""
