package dev.baton.diagnostic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The page of each code: its cause and what to do. A module keeps the pages of its own codes
/// as resources `META-INF/baton/codes/CODE.md`.
public final class Explanations {
    public static final String FOLDER = "META-INF/baton/codes/";

    private Explanations() {}

    /// The page of a code in Markdown, or nothing where no module on the class path knows the code.
    public static Optional<String> of(String code) {
        if (!code.matches("[A-Z]{3}[0-9]{3}")) {
            return Optional.empty();
        }
        try (var page = Explanations.class.getClassLoader().getResourceAsStream(FOLDER + code + ".md")) {
            return page == null
                    ? Optional.empty()
                    : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
