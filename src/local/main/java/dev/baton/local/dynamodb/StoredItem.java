package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import java.util.Map;

/// An item of a table.
///
/// @param attributes nobody changes them
/// @param size in bytes, as DynamoDB counts
/// @param sequence the number of the change that it came with
record StoredItem(Map<String, Attribute> attributes, int size, long sequence) {}
