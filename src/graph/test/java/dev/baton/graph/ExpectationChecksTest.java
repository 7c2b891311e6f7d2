package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Expect;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Profile;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is expected of outputs, as far as it can be wrong before a task has run.
class ExpectationChecksTest {

    @Intent("an upload")
    @Expect(minRows = 1)
    record Upload(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/upload/{year}.csv", this);
        }
    }

    @Intent("contradicts itself")
    @Expect(minRows = 5, maxRows = 4)
    @Expect(column = "a", maxNullRate = 2)
    record Contradictory(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/contradictory/{year}.csv", this);
        }
    }

    @Intent("expects rows of a page")
    @Expect(minRows = 1)
    record Page(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/page/{year}.html", this);
        }
    }

    @Intent("requires all of them")
    @Expect(minRows = 1)
    @Profile(Profile.Format.JSON_LINES)
    record All(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Upload(year), new Contradictory(year), new Page(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/all/{year}.txt", this);
        }
    }

    @Test
    void an_expectation_that_cannot_be_met_or_held_is_refused() {
        assertThat(Made.messages(All.class))
                .containsExactly(
                        "TSK085 p/Contradictory: no output can meet its @Expect: minRows is 5 and maxRows 4",
                        "TSK085 p/Contradictory: no output can meet its @Expect: maxNullRate is 2.0, which is not from 0"
                                + " to 1",
                        "TSK087 p/Page: has an @Expect, but nothing says that s3://lake/page/2013.html has rows and"
                                + " columns",
                        "TSK086 p/Upload: has an @Expect, but its output is written by somebody else");
    }
}
