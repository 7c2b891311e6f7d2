package dev.baton.lambda.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A random pipeline as plain data: what it is made of, and apart from all of Baton's code, which tasks a run has, what
/// each requires, where its output is and what is in it.
///
/// @param name of the pipeline
/// @param knots in an order in which each comes after what it requires; the last is the root
/// @param regions how many
/// @param tasksPerMachine the most, before parts move into child machines; 0 for as many as there are
record Shape(String name, List<Knot> knots, int regions, int tasksPerMachine) {
    static final List<String> REGIONS = List.of("EAST", "WEST", "NORTH", "SOUTH");

    /// A class of tasks.
    ///
    /// @param requires indexes of other knots
    record Knot(String name, Kind kind, List<Integer> requires) {}

    enum Kind {
        /// An upload for each year.
        UPLOAD,
        /// An upload for each region and year.
        REGIONAL_UPLOAD,
        /// One upload for all years.
        SHARED_UPLOAD,
        /// A task for each year.
        TASK,
        /// A task for each region and year; alike, so that they may become a Map.
        REGIONAL,
        /// A task for each year that expands into one for each line of what was uploaded.
        EXPANDING;

        boolean isUpload() {
            return this == UPLOAD || this == REGIONAL_UPLOAD || this == SHARED_UPLOAD;
        }

        boolean isRegional() {
            return this == REGIONAL || this == REGIONAL_UPLOAD;
        }
    }

    /// A task of a run.
    ///
    /// @param task as its record prints
    /// @param key of its output in the lake
    /// @param requires the tasks that it requires, as they print
    record Vertex(String task, Kind kind, String key, List<String> requires) {}

    /// A random one.
    static Shape random(String name, long seed) {
        var random = new SplittableRandom(seed);
        var regions = 2 + random.nextInt(2);
        var knots = new ArrayList<Knot>();
        for (var uploads = 1 + random.nextInt(2); uploads > 0; uploads--) {
            var kind = knots.isEmpty() || random.nextInt(3) > 0
                    ? Kind.UPLOAD
                    : random.nextBoolean() ? Kind.REGIONAL_UPLOAD : Kind.SHARED_UPLOAD;
            knots.add(new Knot("X" + knots.size(), kind, List.of()));
        }
        var expanded = false;
        if (random.nextInt(3) > 0) {
            knot(random, knots);
        }
        for (var tasks = knots.size() > 2 ? random.nextInt(2) : 2 + random.nextInt(2); tasks > 0; tasks--) {
            var number = knots.size();
            if (!expanded && random.nextInt(7) == 0) {
                expanded = true;
                knots.add(new Knot("E" + number, Kind.EXPANDING, List.of(0)));
                continue;
            }
            var kind = random.nextInt(4) == 0 ? Kind.REGIONAL : Kind.TASK;
            knots.add(new Knot((kind == Kind.TASK ? "T" : "R") + number, kind, some(random, knots, number)));
        }
        var used = knots.stream().flatMap(knot -> knot.requires().stream()).collect(Collectors.toSet());
        var loose = IntStream.range(0, knots.size()).filter(i -> !used.contains(i)).boxed().toList();
        knots.add(new Knot("Root", Kind.TASK, loose));
        return new Shape(name, knots, regions, random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 0);
    }

    /// What no sequence and fork-join says: two tasks, one that requires both, one that requires the second alone.
    private static void knot(SplittableRandom random, List<Knot> knots) {
        var at = knots.size();
        var kind = random.nextInt(5) == 0 ? Kind.REGIONAL : Kind.TASK;
        var letter = kind == Kind.TASK ? "T" : "R";
        knots.add(new Knot(letter + at, kind, List.of(random.nextInt(at))));
        knots.add(new Knot(letter + (at + 1), kind, List.of(random.nextInt(at))));
        knots.add(new Knot(letter + (at + 2), kind, List.of(at, at + 1)));
        knots.add(new Knot(letter + (at + 3), kind, List.of(at + 1)));
    }

    /// Mostly of the last few: so it becomes deep, and not series-parallel.
    private static List<Integer> some(SplittableRandom random, List<Knot> knots, int number) {
        var chosen = new TreeSet<Integer>();
        for (var count = 1 + random.nextInt(3); count > 0; count--) {
            chosen.add(Math.max(0, number - 1 - random.nextInt(4)));
        }
        if (chosen.stream().allMatch(i -> knots.get(i).kind().isUpload()) && random.nextBoolean()) {
            chosen.add(number - 1);
        }
        return List.copyOf(chosen);
    }

    Knot root() {
        return knots.getLast();
    }

    /// The tasks of a run but for the items into which some expand, each after what it requires; the last is the root.
    List<Vertex> vertices(int year) {
        var all = new ArrayList<Vertex>();
        for (var knot : knots) {
            for (var region : knot.kind().isRegional() ? REGIONS.subList(0, regions) : List.of("")) {
                var requires = knot.requires().stream()
                        .flatMap(i -> tasks(knots.get(i), region, year).stream())
                        .toList();
                all.add(new Vertex(task(knot, region, year), knot.kind(), key(knot, region, year), requires));
            }
        }
        return all;
    }

    /// Of a knot with regions: the one of the same region, or all where there is none.
    private List<String> tasks(Knot knot, String region, int year) {
        if (!knot.kind().isRegional()) {
            return List.of(task(knot, "", year));
        }
        return region.isEmpty()
                ? REGIONS.subList(0, regions).stream().map(one -> task(knot, one, year)).toList()
                : List.of(task(knot, region, year));
    }

    private static String task(Knot knot, String region, int year) {
        return switch (knot.kind()) {
            case SHARED_UPLOAD -> knot.name() + "[]";
            case UPLOAD, TASK, EXPANDING -> knot.name() + "[year=" + year + "]";
            case REGIONAL_UPLOAD, REGIONAL -> knot.name() + "[region=" + region + ", year=" + year + "]";
        };
    }

    private String key(Knot knot, String region, int year) {
        var folder = name + "/" + knot.name().toLowerCase(Locale.ROOT);
        return switch (knot.kind()) {
            case SHARED_UPLOAD -> folder + "/all.txt";
            case UPLOAD, TASK -> folder + "/" + year + ".txt";
            case EXPANDING -> folder + "/" + year + ".json";
            case REGIONAL_UPLOAD, REGIONAL -> folder + "/" + region.toLowerCase(Locale.ROOT) + "/" + year + ".txt";
        };
    }

    /// What the items of an expanding task are and contain, by name; their keys end in it.
    String itemKey(Vertex expanding, String item) {
        var folder = expanding.key().replaceFirst("/[^/]*$", "");
        var year = expanding.task().replaceAll("\\D*\\d+\\D+(\\d+)\\D*", "$1");
        return folder + "-items/" + year + "/" + item + ".txt";
    }

    static String item(Vertex expanding, String item) {
        var name = expanding.task().substring(0, expanding.task().indexOf('['));
        return "I" + name.substring(1) + "[name=" + item + ", " + expanding.task().substring(name.length() + 1);
    }

    /// What is in every output of a run: by task, for what was uploaded.
    ///
    /// @param uploads the contents by key
    Map<String, String> contents(int year, Map<String, String> uploads) {
        var contents = new LinkedHashMap<String, String>();
        for (var vertex : vertices(year)) {
            var read = vertex.requires().stream().map(contents::get).toList();
            contents.put(vertex.task(), switch (vertex.kind()) {
                case UPLOAD, REGIONAL_UPLOAD, SHARED_UPLOAD -> uploads.get(vertex.key());
                case TASK, REGIONAL -> Deeds.content(vertex.task(), read);
                case EXPANDING -> items(vertex, read.getFirst());
            });
        }
        return contents;
    }

    private static String items(Vertex expanding, String lines) {
        return lines.lines()
                .sorted()
                .map(name -> name + "=" + Deeds.content(item(expanding, name), List.of()))
                .collect(Collectors.joining(","));
    }
}
