package dev.baton.lambda.internal.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/// Asks again where an answer lacks what it always has: something between here and the service has spoiled it.
final class SoundAnswers implements ExecutionInterceptor {
    /// No `switch` over types: each JVM would make it anew.
    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
        var answer = context.response();
        if (answer instanceof HeadObjectResponse head) {
            need(head.eTag(), "ETag");
            need(head.contentLength(), "Content-Length");
        } else if (answer instanceof GetObjectResponse get) {
            need(get.eTag(), "ETag");
        } else if (answer instanceof PutObjectResponse put) {
            need(put.eTag(), "ETag");
        } else if (answer instanceof AssumeRoleResponse assumed) {
            var given = assumed.credentials();
            need(given, "Credentials");
            need(given.accessKeyId(), "AccessKeyId");
            need(given.secretAccessKey(), "SecretAccessKey");
            need(given.sessionToken(), "SessionToken");
            need(given.expiration(), "Expiration");
            need(assumed.assumedRoleUser(), "AssumedRoleUser");
        }
    }

    /// The message must not show the answer, which may hold credentials.
    private static void need(@Nullable Object value, String name) {
        if (value == null) {
            throw RetryableException.create("the answer came without " + name);
        }
    }
}
