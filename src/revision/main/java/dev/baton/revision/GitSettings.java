package dev.baton.revision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a repository of Git that matter here, in the order in which they count.
record GitSettings(List<Setting> all) {
    private static final String WHICH =
            "^(core\\.hookspath|filter\\..*|remote\\..*\\.url|branch\\..*\\.remote|gpg\\..*)$";

    /// @param scope such as `global` or `local`
    /// @param value empty where there is a key alone
    record Setting(String scope, String key, String value) {
        /// Whether the repository brings it along.
        boolean isOfRepository() {
            return scope.equals("local") || scope.equals("worktree");
        }
    }

    /// Those that anybody has configured, without those that every call has.
    static GitSettings of(GitCalls git) {
        var all = new ArrayList<Setting>();
        var parts = git.any("config", "--null", "--show-scope", "--get-regexp", WHICH)
                .parts();
        for (var i = 0; i + 1 < parts.size(); i += 2) {
            var entry = parts.get(i + 1).split("\n", 2);
            if (!parts.get(i).equals("command")) {
                all.add(new Setting(parts.get(i), entry[0], entry.length > 1 ? entry[1] : ""));
            }
        }
        return new GitSettings(List.copyOf(all));
    }

    /// The folder of hooks that is configured; empty where none is.
    String hooks() {
        return values().getOrDefault("core.hookspath", "");
    }

    /// What the user has set for all repositories; empty where nothing is.
    String ofUser(String key) {
        return all.stream()
                .filter(setting -> !setting.isOfRepository() && setting.key().equals(key))
                .map(Setting::value)
                .reduce((first, last) -> last)
                .orElse("");
    }

    /// Where a branch is pushed to, else `origin`, else the only one; without credentials.
    String remote(String branch) {
        var values = values();
        var own = values.getOrDefault("branch." + branch + ".remote", "origin");
        var remotes = values.keySet().stream()
                .filter(key -> key.startsWith("remote."))
                .toList();
        var only = remotes.size() == 1 ? values.getOrDefault(remotes.getFirst(), "") : "";
        return RemoteUrl.withoutCredentials(values.getOrDefault("remote." + own + ".url", only));
    }

    /// The options that switch off the filters which the repository's own configuration names: they are commands,
    /// called for files that changed.
    List<String> withoutFilters() {
        var options = new ArrayList<String>();
        for (var setting : all) {
            var end = setting.key().lastIndexOf('.') + 1;
            if (setting.isOfRepository() && setting.key().startsWith("filter.") && end > "filter.".length()) {
                var filter = setting.key().substring(0, end);
                for (var value : List.of("clean=", "smudge=", "process=", "required=false")) {
                    options.addAll(List.of("-c", filter + value));
                }
            }
        }
        return options;
    }

    /// The first filter of the repository's own whose name an option cannot say; empty where there is none.
    String unspeakable() {
        return all.stream()
                .filter(setting -> setting.isOfRepository() && setting.key().startsWith("filter."))
                .map(Setting::key)
                .filter(key -> key.contains("="))
                .findFirst()
                .orElse("");
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        all.forEach(setting -> values.put(setting.key(), setting.value()));
        return values;
    }
}
