"""The one route table and what turns requests into calls and outcomes into answers; no rules."""
