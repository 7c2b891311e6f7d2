package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Access;
import dev.baton.task.Approval;
import dev.baton.task.Compute;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import java.time.Year;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What tasks declare beside their requirements.
class DeclarationFindingsTest {

    @Intent("too much")
    @Retries(value = 100, intervalSeconds = 0, backoffRate = 0.5, maxDelaySeconds = -1)
    @Timeout(minutes = 16)
    @Compute(memory = 64)
    record TooMuch(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/t/{year}", this);
        }
    }

    @Test
    void annotations_out_of_bounds_are_refused_all_at_once() {
        assertThat(Made.codes(TooMuch.class)).containsExactly("TSK009");
        assertThat(Made.findings(Pipeline.of("p", TooMuch.class)))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "@Retries must be from 0 to 99, but was 100",
                        "@Retries(intervalSeconds) must be at least 1, but was 0",
                        "@Retries(backoffRate) must be at least 1.0, but was 0.5",
                        "@Retries(maxDelaySeconds) must be 0, or more than intervalSeconds and less than a year, but"
                                + " was -1",
                        "@Compute(memory) must be from 128 to 10240 on Lambda, but was 64",
                        "@Timeout must be at most 15 minutes on Lambda (@Compute(on = FARGATE) for longer), but was"
                                + " PT16M");
    }

    @Intent("does not know what it uses")
    record Unsure(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/unsure/{year}", this);
        }

        public List<Access> uses() {
            return List.of(Access.read("s3://lake/no-slash"));
        }
    }

    @Test
    void an_access_that_is_none_is_refused_with_its_own_sentence() {
        assertThat(Made.messages(Unsure.class).getFirst())
                .isEqualTo("TSK006 p/Unsure: uses() of Unsure[2013] failed: java.lang.IllegalArgumentException: an"
                        + " access names a prefix that ends in /, such as s3://lake/reference/, but was"
                        + " s3://lake/no-slash");
    }

    @Intent("is called like options of the command")
    record Copy(
            @Pattern(samples = {"a", "b"}) String data,
            @Pattern(samples = {"a", "b"}) String region,
            @Pattern(samples = {"a", "b"}) String dates)
            implements Made {
        public Target output() {
            return S3Target.at("s3://lake/copy/{data}/{region}/{dates}", this);
        }
    }

    @Test
    void a_parameter_that_is_called_like_an_option_is_found_with_the_way_to_give_it() {
        assertThat(Made.findings(Pipeline.of("p", Copy.class)))
                .filteredOn(finding -> finding.code().equals("TSK075"))
                .allMatch(finding -> !finding.isError())
                .extracting(finding -> finding.message() + "; " + finding.remedy())
                .containsExactly(
                        "the parameter data is called like the option --data of baton run or baton start, which"
                                + " takes what"
                                + " is given as --data; give it as --param.data=VALUE, or call the component"
                                + " something else",
                        "the parameter region is called like the option --region of baton run or baton start, which"
                                + " takes"
                                + " what is given as --region; give it as --param.region=VALUE, or call the component"
                                + " something else");
    }

    @Intent("writes and reads where no bucket can be")
    record Homeless(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://db/{year}", this);
        }

        public List<Access> uses() {
            return List.of(Access.read("s3://xn--lake/"), Access.write("s3://lake/x/"));
        }
    }

    @Test
    void a_bucket_that_s3_refuses_is_found_wherever_it_is_named() {
        assertThat(Made.messages(Homeless.class))
                .containsExactlyInAnyOrder(
                        "TSK076 p/Homeless: S3 refuses a bucket called db, for the name has 2 characters instead of"
                                + " 3 to"
                                + " 63; on a laptop a bucket has its logical name",
                        "TSK076 p/Homeless: S3 refuses a bucket called xn--lake, for the name begins with xn--,"
                                + " which S3"
                                + " keeps for itself; on a laptop a bucket has its logical name");
    }

    @Intent("asks nobody for nothing")
    @Approval(by = "data owners", within = "PT30S", quorum = 0, why = " ")
    record Unasked(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/unasked/{year}", this);
        }
    }

    @Intent("is somebody else's")
    @Approval(by = "owners", within = "P1D", why = "It is ours")
    record Theirs(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/theirs/{year}", this);
        }
    }

    @Intent("is one of many")
    @Approval(by = "owners", within = "eight hours", quorum = 11, why = "It is ours")
    record Tile(Year year, int number) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/tiles/{year}/{number}", this);
        }
    }

    @Intent("makes tiles")
    record Tiles(Year year) implements ExpandingTask<Tile> {
        @Override
        public List<Theirs> requires() {
            return List.of(new Theirs(year));
        }

        @Override
        public Class<Tile> itemClass() {
            return Tile.class;
        }

        @Override
        public Stream<Tile> expand(TaskRun run) {
            return Stream.of(new Tile(year, 1));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/made/{year}", this);
        }
    }

    @Test
    void an_approval_that_nobody_can_give_is_refused_all_at_once() {
        assertThat(Made.findings(Pipeline.of("p", Unasked.class)))
                .extracting(finding -> finding.code() + " " + finding.message())
                .containsExactly(
                        "TSK110 @Approval(by) must be 1 to 64 of [A-Za-z0-9_.-], but was \"data owners\"",
                        "TSK111 @Approval(within) must be whole seconds from PT1M to P365D, but was \"PT30S\"",
                        "TSK112 @Approval(quorum) must be from 1 to 10, but was 0",
                        "TSK113 @Approval(why) must be 1 to 200 characters, but has 0");
        assertThat(Made.findings(Pipeline.of("p", Tiles.class)))
                .extracting(finding -> finding.code() + " " + finding.message())
                .contains(
                        "TSK114 has an @Approval, but somebody else completes it: nothing of it runs here",
                        "TSK111 @Approval(within) must be whole seconds from PT1M to P365D, but was \"eight hours\"",
                        "TSK112 @Approval(quorum) must be from 1 to 10, but was 11",
                        "TSK115 has an @Approval, but its tasks are items of Tiles, which nobody can look at one by"
                                + " one");
    }
}
