package dev.baton.local.identity;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes the ids and secrets that IAM and STS give out.
public final class UniqueIds {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final RandomGenerator random;

    /// @param random a [java.security.SecureRandom], except in tests that want the same ids each time
    public UniqueIds(RandomGenerator random) {
        this.random = random;
    }

    /// The prefix and 17 letters or digits, such as `AROA…` for a role.
    public String id(String prefix) {
        return prefix + letters(17);
    }

    /// `AKIA…` for a user's key, `ASIA…` for a session's.
    public String accessKeyId(String prefix) {
        return prefix + letters(16);
    }

    /// 40 characters.
    public String secret() {
        return text(30);
    }

    public String sessionToken() {
        return text(180);
    }

    private String letters(int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private String text(int bytes) {
        var content = new byte[bytes];
        random.nextBytes(content);
        return Base64.getEncoder().encodeToString(content);
    }
}
