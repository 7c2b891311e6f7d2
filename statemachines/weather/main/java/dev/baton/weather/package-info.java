/// The example pipeline: a year of weather in two cities. Start at [dev.baton.weather.Weather].
@NullMarked
package dev.baton.weather;

import org.jspecify.annotations.NullMarked;
