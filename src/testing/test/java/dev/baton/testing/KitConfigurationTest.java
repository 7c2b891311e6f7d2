package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KitConfigurationTest {
    private static final Path FILE = Path.of("test/resources/MockConfigFile.json");

    private final MockedMachine orders = MockedMachine.of(Path.of("test/resources/order.asl.json"));

    @Test
    void every_attempt_goes_as_its_range_says() {
        orders.mockedAs(FILE, "Orders", "HappyPath").run(OrderTest.ORDER).hasSucceeded().hasAttempts("Charge", 1);
        orders.mockedAs(FILE, "Orders", "BusyPath").run(OrderTest.ORDER).hasSucceeded().hasAttempts("Charge", 3);
    }

    @Test
    void a_file_that_is_no_json_is_named_with_the_place(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mocks.json"), "{\n  \"StateMachines\": oops\n}");

        assertThatThrownBy(() -> orders.mockedAs(file, "Orders", "HappyPath"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": line 2, column ")
                .hasMessageContaining("oops");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Order  | HappyPath    | there is no object Order in StateMachines; there is: Orders
            Orders | happy        | there is no object happy in TestCases of Orders; there is: HappyPath, BusyPath
            Orders | LostPath     | there is no object NoSuchResponse in MockedResponses; there is: Charged
            Orders | OddPath      | attempts are written 0 or 1-2, but were first in Odd
            Orders | OtherMachine | no Task state is called Chrage. Task states here: Charge, Pack, AskForReview
            """)
    void what_is_not_there_is_named_with_what_is(String machine, String testCase, String message) {
        assertThatThrownBy(() -> orders.mockedAs(FILE, machine, testCase))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
