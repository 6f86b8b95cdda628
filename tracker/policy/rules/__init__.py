"""What one part of a policy file means for another, one module a part."""
