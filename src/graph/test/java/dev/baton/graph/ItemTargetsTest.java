package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.EventPut;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which outputs may be items of tables.
class ItemTargetsTest {

    @Intent("an item")
    record Summary(@Pattern(samples = {"kiel", "rome"}) String city, Year year) implements Made {
        public Target output() {
            return DynamoDbTarget.item("summaries", "city", "{city}", this).sortedByNumber("year", "{year}");
        }
    }

    @Test
    void an_item_whose_key_tells_its_task_is_right() {
        assertThat(Made.codes(Summary.class)).isEmpty();
    }

    @Intent("an item of which one key has many")
    record Forgetful(@Pattern(samples = {"kiel", "rome"}) String city, Year year) implements Made {
        public Target output() {
            return DynamoDbTarget.item("summaries", "city", "{city}", this);
        }
    }

    @Test
    void a_key_that_does_not_tell_its_task_is_refused_as_it_is_of_objects() {
        assertThat(Made.codes(Forgetful.class)).containsExactly("TSK014");
    }

    @Intent("an item with a key of which nobody can read the parts")
    record Blurred(
            @Pattern(samples = {"kiel", "rome"}) String city,
            @Pattern(samples = {"a", "b"}) String state) implements Made {
        public Target output() {
            return DynamoDbTarget.item("summaries", "id", "{city}-{state}", this);
        }
    }

    @Test
    void two_tasks_never_have_one_key() {
        assertThat(Made.codes(Blurred.class)).containsExactly("TSK012");
    }

    @Intent("an upload that is none")
    record Appears(Year year) implements ExternalTask {
        public Target output() {
            return DynamoDbTarget.item("summaries", "year", "{year}", this);
        }
    }

    @Intent("waits for it")
    record Waits(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Appears(year));
        }

        public Target output() {
            return DynamoDbTarget.item("waits", "year", "{year}", this);
        }
    }

    @Test
    void nobody_waits_for_an_item_that_appears() {
        assertThat(Made.codes(Waits.class)).containsExactly("TSK100");
    }

    @Intent("expands into summaries")
    record Summaries(Year year) implements ExpandingTask<Summary> {
        public Target output() {
            return DynamoDbTarget.item("lists", "year", "{year}", this);
        }

        public Class<Summary> itemClass() {
            return Summary.class;
        }

        public Stream<Summary> expand(TaskRun run) {
            return Stream.of(new Summary("kiel", year));
        }
    }

    @Test
    void the_list_of_what_items_made_is_no_item() {
        assertThat(Made.codes(Summaries.class)).containsExactly("TSK101");
    }

    @Intent("has another key in the same table")
    record Yearly(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Summary("kiel", year));
        }

        public Target output() {
            return DynamoDbTarget.item("summaries", "id", "all-{year}", this);
        }
    }

    @Intent("has its documents elsewhere")
    record Elsewhere(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Summary("kiel", year));
        }

        public Target output() {
            return DynamoDbTarget.item("summaries", "city", "kiel", this)
                    .sortedByNumber("year", "{year}")
                    .documentIn("lake");
        }
    }

    @Intent("has the item of another")
    record Twin(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Summary("kiel", year));
        }

        public Target output() {
            return DynamoDbTarget.item("summaries", "city", "kiel", this).sortedByNumber("year", "{year}");
        }
    }

    @Test
    void a_table_has_one_key_and_one_bucket_of_documents() {
        assertThat(Made.messages(Yearly.class))
                .singleElement()
                .asString()
                .contains(
                        "TSK104",
                        "in the table summaries with the key",
                        "the key id and documents in items",
                        "the key city and year, a number, and documents in items");
        assertThat(Made.codes(Elsewhere.class)).containsExactly("TSK104");
        assertThat(Made.codes(Twin.class)).containsExactlyInAnyOrder("TSK002", "TSK008");
    }

    @Intent("has a service write it")
    record Served(Year year) implements ServiceTask {
        public Target output() {
            return DynamoDbTarget.item("served", "year", "{year}", this);
        }

        public ServiceCall call(References references) {
            return new EventPut("default", "acme", "Served", Map.of());
        }

        public boolean isWrittenByService() {
            return true;
        }
    }

    @Test
    void no_service_writes_an_item_by_itself() {
        assertThat(Made.codes(Served.class)).containsExactly("TSK102");
    }

    @Intent("takes a text for a number")
    record Numbered(@Pattern(samples = {"kiel", "rome"}) String city, Year year) implements Made {
        public Target output() {
            return DynamoDbTarget.item("summaries", "year", "{year}", this).sortedByNumber("city", "{city}");
        }
    }

    @Test
    void a_number_in_a_key_is_of_a_number() {
        assertThat(Made.codes(Numbered.class)).containsExactly("TSK103");
    }
}
