package dev.baton.local.states;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/// Makes task tokens that nobody guesses: whoever holds one may complete its task.
final class TaskTokens implements Supplier<String> {
    private static final int BYTES = 48;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
