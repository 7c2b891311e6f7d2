package dev.baton.compiler.environment;

/// The CloudTrail trail of an environment, which logs who asks its buckets for which object.
///
/// @param bucket the name of the bucket that is made for it; nobody deletes what is in it
/// @param retainDays for how long, 1 to 36,500
public record AuditTrail(String bucket, int retainDays) {
    /// Seven years.
    static final int USUAL_DAYS = 2557;
}
