//! Where evidence comes from, and what form it has: files, folders and streams, packed or not.
