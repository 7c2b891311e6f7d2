package dev.baton.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The texts in Cedar that come with Baton.
public enum CedarSource {
    /// What policies may speak of.
    SCHEMA("baton.cedarschema"),
    /// The policies that hold where nobody wrote some.
    DEFAULT("default.cedar");

    private final String text;

    CedarSource(String file) {
        try (var in = Objects.requireNonNull(CedarSource.class.getResourceAsStream(file), file)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return text;
    }
}
