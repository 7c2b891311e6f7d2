package dev.baton.revision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The settings of a repository of Git that matter here, in the order in which they count.
record GitSettings(List<Setting> all) {
    private static final String WHICH = "^(core\\.hookspath|filter\\..*|remote\\..*\\.url|branch\\..*\\.remote)$";

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

    /// The variables that switch off the filters which the repository's own configuration names: they are commands,
    /// called for files that changed.
    Map<String, String> withoutFilters() {
        var off = new TreeMap<String, String>();
        for (var setting : all) {
            var end = setting.key().lastIndexOf('.') + 1;
            if (setting.isOfRepository() && setting.key().startsWith("filter.") && end > "filter.".length()) {
                var filter = setting.key().substring(0, end);
                off.put(filter + "clean", "");
                off.put(filter + "smudge", "");
                off.put(filter + "process", "");
                off.put(filter + "required", "false");
            }
        }
        var variables = new LinkedHashMap<String, String>();
        off.forEach((key, value) -> {
            var number = variables.size() / 2;
            variables.put("GIT_CONFIG_KEY_" + number, key);
            variables.put("GIT_CONFIG_VALUE_" + number, value);
        });
        variables.put("GIT_CONFIG_COUNT", Integer.toString(off.size()));
        return variables;
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        all.forEach(setting -> values.put(setting.key(), setting.value()));
        return values;
    }
}
