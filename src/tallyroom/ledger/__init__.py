"""The record: entries appended in commits to one file, readable as of any past moment."""

from tallyroom.ledger.errors import DraftUnfit, LedgerError
from tallyroom.ledger.importing import manifest_of
from tallyroom.ledger.opening import open_ledger
from tallyroom.ledger.sqlite import SqliteLedger
from tallyroom.ledger.verifying import Finding

__all__ = ["DraftUnfit", "Finding", "LedgerError", "SqliteLedger", "manifest_of", "open_ledger"]
