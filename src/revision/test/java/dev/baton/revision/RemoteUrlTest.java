package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of the address that a repository was cloned from.
class RemoteUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://example.org/a/b.git                | https://example.org/a/b.git",
                "https://token@example.org/a                | https://example.org/a",
                "https://ada:p%40ss@example.org:8443/a      | https://example.org:8443/a",
                "https://ada:p@ss@example.org/a             | https://example.org/a",
                "https://example.org/a?access_token=x#y     | https://example.org/a",
                "https://example.org/@me/a                  | https://example.org/@me/a",
                "ssh://ada@example.org:22/a                 | ssh://example.org:22/a",
                "ssh://hg@example.org/a                     | ssh://example.org/a",
                "git@example.org:a/b.git                    | git@example.org:a/b.git",
                "ada:secret@example.org:a/b                 | example.org:a/b",
                "ada@example.org:a/b                        | example.org:a/b",
                "example.org:a                              | example.org:a",
                "file:///home/ada/shop                      | ''",
                "/home/ada/shop                             | ''",
                "../shop                                    | ''",
                "C:\\shop                                   | ''",
                "C:/shop                                    | ''",
                "ext::sh -c touch% trap                     | ''",
                "''                                         | ''"
            })
    void credentials_and_places_of_this_machine_stay_here(String url, String told) {
        assertThat(RemoteUrl.withoutCredentials(url)).isEqualTo(told);
    }
}
