package dev.baton.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The observations that the example comes with.
public final class WeatherData {
    /// From the folder that Maven runs the tests of this module in.
    public static final Path EXAMPLE = Path.of("..", "..", "statemachines", "weather");

    private WeatherData() {}

    static String of(String city, int year) throws IOException {
        return Files.readString(file(city, year));
    }

    /// The observations with one field of one line, both counted from 1, replaced.
    static String broken(String city, int year, int line, int column, String value) throws IOException {
        var lines = Files.readAllLines(file(city, year));
        var fields = lines.get(line - 1).split(",");
        fields[column - 1] = value;
        lines.set(line - 1, String.join(",", fields));
        return String.join("\n", lines) + "\n";
    }

    /// Puts the observations of a year where `baton run weather` looks for them.
    public static void copy(Path home, int... years) throws IOException {
        for (var city : new String[] {"seattle", "new-york"}) {
            for (var year : years) {
                var to =
                        home.resolve("statemachines/weather/data").resolve(city).resolve(year + ".csv");
                Files.createDirectories(to.getParent());
                Files.copy(file(city, year), to);
            }
        }
    }

    private static Path file(String city, int year) {
        return EXAMPLE.resolve("data").resolve(city).resolve(year + ".csv");
    }
}
