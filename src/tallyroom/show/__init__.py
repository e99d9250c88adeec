"""Renderers: readings as jsonl, csv, parquet, a table, marked-up HTML. They import `model` alone."""
