package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.GraphFindingsTest.Two;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the targets of a graph must not be, and the uploads that they must not meet.
class TargetFindingsTest {
    enum City {
        SEATTLE,
        NEW_YORK
    }

    @Intent("uploads")
    record Observations(City city, Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/landing/{city}/{year}.csv", this);
        }
    }

    @Intent("writes where uploads are")
    record CleanObservations(City city, Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Observations(city, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/landing/{city}/clean-{year}.csv", this);
        }
    }

    @Intent("writes just what is uploaded")
    record Same(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Observations(City.SEATTLE, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/landing/seattle/{year}.csv", this);
        }
    }

    @Intent("writes beside")
    record Beside(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Observations(City.SEATTLE, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/clean/seattle/{year}.csv", this);
        }
    }

    @Test
    void an_output_that_would_start_its_own_pipeline_is_refused() {
        assertThat(Made.messages(Same.class))
                .contains("TSK007 p/Same: output s3://lake/landing/seattle/{year}.csv can match the trigger of"
                        + " Observations s3://lake/landing/{city}/{year}.csv: the pipeline would start itself for"
                        + " ever");
        assertThat(Made.codes(Beside.class)).isEmpty();
        assertThat(Made.codes(CleanObservations.class)).isEmpty();
    }

    @Intent("wide")
    record Wide(@Pattern(samples = {"a", "b"}) String name) implements Made {
        public List<Task> requires() {
            return List.of(new Narrow(name));
        }

        public Target output() {
            return S3Target.at("s3://lake/out/{name}.csv", this);
        }
    }

    @Intent("under it")
    record Narrow(@Pattern(samples = {"a", "b"}) String name) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/out/deep/{name}.csv", this);
        }
    }

    @Test
    void a_role_that_may_write_the_output_of_others_is_warned_of() {
        assertThat(Made.messages(Wide.class))
                .containsExactly("TSK008 p/Wide: the role that may write s3://lake/out/{name}.csv may also write the"
                        + " output of Narrow s3://lake/out/deep/{name}.csv");
        assertThat(CheckedGraph.of(Pipeline.of("p", Wide.class)).graph()).isPresent();
    }

    @Intent("a value in the text")
    record Concatenated(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/c/" + year, this);
        }
    }

    @Intent("a component left out")
    record LeftOut(Year year, City city) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/l/{city}", this);
        }
    }

    @Intent("a date in too few pieces")
    record Pieces(LocalDate day) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/l/{day:yyyy}/{day:MM}", this);
        }
    }

    @Intent("somebody else's target")
    record Alias(Year year) implements Made {
        public Target output() {
            return new Two(year).output();
        }
    }

    @Intent("makes a task whose parameter does not print")
    record Unprintable(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Narrow("a/" + year));
        }

        public Target output() {
            return S3Target.at("s3://lake/u/{year}", this);
        }
    }

    @Test
    void a_target_that_is_not_its_tasks_own_is_refused() {
        assertThat(Made.messages(Concatenated.class))
                .containsExactly("TSK013 p/Concatenated: the text of its template differs between parameters:"
                        + " \"s3://lake/c/2013\" and \"s3://lake/c/2012\"");
        assertThat(Made.messages(LeftOut.class))
                .containsExactly("TSK014 p/LeftOut: the template \"s3://lake/l/{city}\" lacks {year}, which is not the"
                        + " same in all tasks of this class");
        assertThat(Made.messages(Pieces.class))
                .containsExactly("TSK014 p/Pieces: the template \"s3://lake/l/{day:yyyy}/{day:MM}\" lacks {day}, which"
                        + " is not the same in all tasks of this class");
        assertThat(Made.messages(Alias.class))
                .containsExactly("TSK016 p/Alias: output() of Alias[2013] is bound to Two[2013]");
        assertThat(Made.messages(Unprintable.class).getFirst())
                .startsWith("TSK017 p/Narrow: the target of Narrow[a/2013] has no key: name of Narrow[name=a/2013]:"
                        + " expected text that matches [A-Za-z0-9._-]+, but was \"a/2013\"");
    }
}
