package own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.testing.TaskTrial;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class LineCountTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-31");

    @Test
    void every_line_counts() throws Exception {
        var written = TaskTrial.of(new LineCount(DAY))
                .given(new ShopLog(DAY), "a sale\nanother\n")
                .run();

        assertEquals("2 lines\n", written.text());
    }
}
