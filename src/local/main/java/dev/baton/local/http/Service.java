package dev.baton.local.http;

import java.io.IOException;

/// One of AWS's services. Requests come on virtual threads, so it may block.
public interface Service extends AutoCloseable {

    /// The name in a signature's credential scope and in IAM actions: `s3`, `kms`, `states`, `sts`, `iam`, `events`,
    /// `lambda`, `ecs`, `ssm`, `scheduler`.
    String name();

    /// How it speaks, errors included.
    Protocol protocol();

    /// Answers a request whose signature was verified.
    ///
    /// @throws AwsError what is answered instead
    /// @throws dev.baton.local.iam.AccessDenied answered as the protocol's `AccessDenied`
    AwsResponse handle(AwsRequest request) throws IOException;

    /// Whether this request needs no signature, as STS's `AssumeRoleWithWebIdentity` needs none. It then comes from
    /// [Caller#ANONYMOUS][dev.baton.local.iam.Caller#ANONYMOUS]. Only the head of the request may be looked at, and
    /// the body through [AwsRequest#bytes].
    default boolean acceptsUnsigned(AwsRequest request) throws IOException {
        return false;
    }

    @Override
    default void close() {}
}
