package dev.baton.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticTest {
    @Test
    void each_sentence_ends_once() {
        var place = Location.named("shop");

        assertThat(Diagnostic.error("RUN043", place, "has no task \"Sale\"", "did you mean Sales?"))
                .hasToString("error RUN043 at shop\n  has no task \"Sale\".\n  Mend: did you mean Sales?"
                        + "   (baton explain RUN043)");
        assertThat(Diagnostic.error("RUN043", place, "is gone.", "bring it back"))
                .hasToString("error RUN043 at shop\n  is gone.\n  Mend: bring it back.   (baton explain RUN043)");
    }
}
