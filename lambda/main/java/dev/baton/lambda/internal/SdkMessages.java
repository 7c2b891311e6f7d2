package dev.baton.lambda.internal;

import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/// The messages of the SDK's exceptions as people are told them: without how often the SDK tried.
public final class SdkMessages {
    private static final Pattern ATTEMPTS = Pattern.compile("\\s*\\(SDK Attempt Count: [0-9]+\\)");

    private SdkMessages() {}

    /// The message of a problem; `null` as text where it has none.
    public static String of(Throwable problem) {
        return ATTEMPTS.matcher(String.valueOf(problem.getMessage())).replaceAll("");
    }

    /// The same exception, of the same class, with the message that people are told: Lambda makes the cause of a failed
    /// state of it.
    public static Exception told(Exception problem) {
        if (!(problem instanceof SdkException sdk) || sdk.numAttempts() == null) {
            return problem;
        }
        var told = sdk.toBuilder().numAttempts(null).build();
        if (told.getClass() != sdk.getClass()) {
            return problem;
        }
        told.setStackTrace(sdk.getStackTrace());
        for (var suppressed : sdk.getSuppressed()) {
            told.addSuppressed(suppressed);
        }
        return told;
    }
}
