package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a revision lacks of the checks that are demanded.
class CheckDemandTest {
    private static final String ID = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d";
    private static final SourceRevision REVISION = new SourceRevision("hg", ID, "default", false);
    private static final CheckDemand DEMAND = CheckDemand.of("tests,review");

    private final Map<String, byte[]> objects = new HashMap<>();

    private RevisionCheck record(String name, boolean passed) {
        var check = new RevisionCheck(
                name, passed, "ada", "arn:aws:iam::1:user/ada", "", Instant.parse("2026-11-30T10:00:00Z"), "hg", ID);
        objects.put(check.key(), Json.bytes(check.toJson()));
        return check;
    }

    @Test
    void a_check_is_read_as_it_was_written() {
        var check = record("tests", false);
        assertThat(objects).containsOnlyKeys("checks/hg/" + ID + "/tests.json");
        assertThat(RevisionCheck.parse(objects.get(check.key()))).isEqualTo(check);
    }

    @Test
    void all_have_to_be_recorded_as_passed() {
        record("tests", true);
        assertThat(DEMAND.lack(REVISION, objects::get))
                .hasValue("was built from 1a2b3c4d5e6f on default (hg), of which the check review is not recorded");
        record("review", false);
        assertThat(DEMAND.lack(REVISION, objects::get))
                .hasValue("was built from 1a2b3c4d5e6f on default (hg), of which the check review failed, says ada at"
                        + " 2026-11-30T10:00:00Z");
        objects.put("checks/hg/" + ID + "/review.json", new byte[] {'{', '}'});
        assertThat(DEMAND.lack(REVISION, objects::get))
                .hasValueSatisfying(lack -> assertThat(lack).contains("the check review cannot be read"));
        record("review", true);
        assertThat(DEMAND.lack(REVISION, objects::get)).isEmpty();
    }

    @Test
    void what_is_dirty_unknown_or_cut_off_never_qualifies() {
        record("tests", true);
        record("review", true);
        for (var revision : List.of(
                SourceRevision.UNKNOWN,
                new SourceRevision("hg", ID, "default", true),
                new SourceRevision("git", ID, "default", false),
                new SourceRevision("hg", ID.substring(0, 12), "default", false))) {
            assertThat(DEMAND.lack(revision, objects::get))
                    .as(revision.toString())
                    .isPresent();
            assertThat(CheckDemand.of(null).lack(revision, objects::get)).isEmpty();
        }
        assertThat(SourceRevision.UNKNOWN).hasToString("no known revision");
    }
}
