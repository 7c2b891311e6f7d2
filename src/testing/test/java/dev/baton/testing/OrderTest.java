package dev.baton.testing;

import static dev.baton.testing.Answer.computed;
import static dev.baton.testing.Answer.fail;
import static dev.baton.testing.Answer.never;
import static dev.baton.testing.Answer.payload;
import static dev.baton.testing.Answer.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the README shows, as a test that a user would write.
class OrderTest {
    static final String ORDER = "{\"card\": \"c-1\", \"items\": [\"book\", \"lamp\"]}";

    final MockedMachine orders = MockedMachine.of(Path.of("test/resources/order.asl.json"))
            .task("Charge").always(payload("{\"receipt\": \"R-1\"}"))
            .task("Pack").always(succeed("\"packed\""))
            .task("AskForReview").always(succeed("{\"MessageId\": \"m\"}"));

    @Test
    void an_order_is_charged_packed_and_reviewed_a_day_later() {
        orders.run(ORDER)
                .hasSucceeded()
                .hasOutput("{\"receipt\": \"R-1\"}")
                .hasPath("Charge", "PackAll", "Pack", "Pack", "LetItArrive", "AskForReview")
                .lasted(Duration.ofDays(1));
    }

    @Test
    void a_busy_card_is_tried_twice_more() {
        orders.task("Charge").answers(fail("Card.Busy"), fail("Card.Busy"), payload("{\"receipt\": \"R-2\"}"))
                .run(ORDER)
                .hasSucceeded()
                .hasAttempts("Charge", 3)
                .lasted(Duration.ofDays(1).plusSeconds(10 + 20));
    }

    @Test
    void a_declined_card_cancels_the_order() {
        orders.task("Charge").always(fail("Card.Declined", "no money"))
                .run(ORDER)
                .hasFailed()
                .hasError("OrderCancelled")
                .hasCause("The card was declined")
                .hasPath("Charge", "Cancel");
    }

    @Test
    void a_card_that_never_answers_is_given_up_after_a_minute() {
        orders.task("Charge").always(never())
                .run(ORDER)
                .hasFailed()
                .hasError("States.Timeout")
                .lasted(Duration.ofMinutes(1));
    }

    @Test
    void the_second_item_is_out_of_stock_for_an_hour() {
        orders.task("Pack").iteration(1).answers(fail("OutOfStock"), succeed("\"packed late\""))
                .run(ORDER)
                .hasSucceeded()
                .hasAttempts("Pack", 3)
                .lasted(Duration.ofDays(1).plusHours(1));
    }

    @Test
    void the_receipt_depends_on_the_card() {
        var execution = orders.task("Charge").always(computed(request -> {
                    assertThat(request.parameters()).hasToString("{FunctionName=charge, Payload={card=c-1}}");
                    return payload("{\"receipt\": \"R-of-c-1\"}").after(Duration.ofSeconds(59));
                }))
                .run(ORDER);

        execution.hasSucceeded()
                .hasRequest("AskForReview", 0, "{\"Content\": \"Your receipt: R-of-c-1\"}");
    }

    @Test
    void the_test_cases_of_step_functions_local_go_on_working() {
        MockedMachine.of(Path.of("test/resources/order.asl.json"))
                .mockedAs(Path.of("test/resources/MockConfigFile.json"), "Orders", "BusyPath")
                .run(ORDER)
                .hasSucceeded()
                .hasOutput("{\"receipt\": \"R-2\"}");
    }
}
