package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Protocol;
import java.io.IOException;
import java.util.List;

/// One of AWS's services. Requests come on virtual threads, so it may block.
public interface Service extends AutoCloseable {

    /// The name in a signature's credential scope and in IAM actions: `s3`, `kms`, `states`, `sts`, `iam`, `events`,
    /// `lambda`, `ecs`, `ssm`, `sns`, `sqs`, `scheduler`, `logs`, `dynamodb`, `secretsmanager`.
    String name();

    /// How it speaks, errors included.
    Protocol protocol();

    /// What it does, as data.
    List<? extends ApiOperation<?>> operations();

    /// Whether a request that was not signed for any service is for this one.
    default boolean recognises(AwsRequest request) {
        return false;
    }

    /// Answers a request whose signature was verified.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal what is answered instead
    AwsResponse handle(AwsRequest request) throws IOException;

    /// The error as the SDKs of the service read it.
    default AwsResponse refuse(AwsError error, AwsRequest request) {
        return protocol().response(error, request);
    }

    /// Whether this request needs no signature, as STS's `AssumeRoleWithWebIdentity` needs none. It then comes from
    /// [Caller#ANONYMOUS][dev.baton.local.caller.Caller#ANONYMOUS]. Only the head of the request may be looked at, and
    /// the body through [AwsRequest#bytes].
    default boolean acceptsUnsigned(AwsRequest request) throws IOException {
        return false;
    }

    @Override
    default void close() {}
}
