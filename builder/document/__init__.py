"""The closed tree that readers make and writers show."""
