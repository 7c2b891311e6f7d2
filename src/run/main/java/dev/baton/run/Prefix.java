package dev.baton.run;

import java.util.regex.Pattern;

/// The word that the names of everything deployed begin with, and what follows of it: `baton`, or an environment's own.
/// Environments that share an account differ in it. Names are made from it here and in nothing else.
///
/// There is no hyphen in it. So what follows the first hyphen is the pipeline's, and no name of one prefix begins as
/// those of another do.
///
/// @param word 1 to 16 small letters and digits, beginning with a letter
public record Prefix(String word) {
    // aws is what AWS calls its own; S3 makes no buckets that begin with sthree-:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    private static final Pattern WORD = Pattern.compile("(?!(?:aws|sthree)$)[a-z][a-z0-9]{0,15}");

    /// That of environments which ask for none.
    public static final Prefix BATON = new Prefix("baton");

    /// The variable of functions that says it, where it is not [#BATON].
    public static final String VARIABLE = "BATON_PREFIX";

    /// How long the word and the name of a pipeline may be together. The longest of Baton's own names for something of
    /// a pipeline, that of an alarm, then keeps below 64 characters, and nothing that begins a name is cut from it.
    public static final int LONGEST_WITH_PIPELINE = 45;

    public Prefix {
        if (!isOne(word)) {
            throw new IllegalArgumentException("a prefix has 1 to 16 small letters and digits, begins with a letter,"
                    + " and is neither aws nor sthree, but was \"" + word + "\"");
        }
    }

    /// Whether a text can be one.
    public static boolean isOne(String text) {
        return WORD.matcher(text).matches();
    }

    public boolean isDefault() {
        return equals(BATON);
    }

    /// `baton-weather`: a pipeline's state machine and stack, and what all its other names begin with.
    public String of(String pipeline) {
        return names() + pipeline;
    }

    /// `baton-`: what the names of all pipelines begin with.
    public String names() {
        return word + "-";
    }

    /// `/baton/`: the path of the roles of all pipelines.
    public String rolePath() {
        return "/" + word + "/";
    }

    /// `/baton/weather/`: the path of a pipeline's roles, and of their boundary.
    public String rolePath(String pipeline) {
        return rolePath() + pipeline + "/";
    }

    /// `/baton-deploy/`: the path of the roles that deploy.
    public String deployPath() {
        return "/" + names() + "deploy/";
    }

    /// `baton.weather`: the source of a pipeline's events.
    public String source(String pipeline) {
        return sources() + pipeline;
    }

    /// `baton.`: what the sources of all pipelines' events begin with.
    public String sources() {
        return word + ".";
    }

    /// `alias/baton`: how the key is found.
    public String keyAlias() {
        return "alias/" + word;
    }

    /// `baton-state`: the bucket of runs and completions, where an environment names none.
    public String stateBucket() {
        return names() + "state";
    }

    /// The bucket that CDK uploads code to.
    ///
    /// @param account its id, or what stands for it
    /// @param region its name, or what stands for it
    public String codeBucket(String account, String region) {
        return names() + "code-" + account + "-" + region;
    }

    /// `baton-tasks`: the repository of images. All pipelines have one, as their functions have one code.
    public String repository() {
        return names() + "tasks";
    }

    /// `baton-alarms`: the topic of the alarms.
    public String alarms() {
        return names() + "alarms";
    }

    /// `baton-completions`: the rule that sends completions on to other accounts.
    public String completions() {
        return names() + "completions";
    }

    /// `BatonFoundation`: the stack of what all pipelines need. What an administrator deploys begins with a capital, so
    /// that no pipeline's stack can have its name.
    public String foundation() {
        return capital() + "Foundation";
    }

    /// `BatonFoundation-weather`: the stack of a pipeline's part of the foundation.
    public String foundation(String pipeline) {
        return foundation() + "-" + pipeline;
    }

    /// `BatonStorage`: the stack of the buckets.
    public String storage() {
        return capital() + "Storage";
    }

    /// `Baton`: the word in names that are made of words with capitals.
    public String capital() {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    @Override
    public String toString() {
        return word;
    }
}
