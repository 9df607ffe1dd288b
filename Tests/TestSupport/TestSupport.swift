// Support for tests: known problems, checkers, seeded generators, in-memory terminal.
