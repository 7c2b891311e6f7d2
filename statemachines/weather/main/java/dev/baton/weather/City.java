package dev.baton.weather;

/// A city with a weather station.
public enum City {
    SEATTLE("Seattle"),
    NEW_YORK("New York");

    private final String title;

    City(String title) {
        this.title = title;
    }

    /// The name as people write it.
    public String title() {
        return title;
    }
}
