package dev.baton.lambda.lineage;

/// The place of one version of a completion record.
///
/// @param key in the state bucket
/// @param version of the record, not of the output that it is about
/// @param etag S3's; where a bucket keeps no versions, it tells one from the next
/// @param latest whether it is what the key has now
public record RecordVersion(String key, String version, String etag, boolean latest) {}
