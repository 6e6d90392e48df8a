"""Manage > Access (IAM): authorizations between services."""
