"""What make, the tests, the demonstration and the measurements use; no part of the product."""
