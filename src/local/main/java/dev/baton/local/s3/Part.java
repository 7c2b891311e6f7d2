package dev.baton.local.s3;

import java.time.Instant;

/// A part of an upload, or of the object that the upload became.
///
/// @param etag without quotes
record Part(int number, long size, String etag, Checksum checksum, Instant modified, Blob blob) {}
