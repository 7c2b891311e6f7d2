@NullMarked
package dev.baton.weather;

import org.jspecify.annotations.NullMarked;
