package dev.baton.local.states.integration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// The XML of S3's and STS's answers as JSON values: elements are members, repeated ones arrays, all else texts.
final class XmlObject {
    private XmlObject() {}

    static Map<String, @Nullable Object> parse(byte[] xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            return value(document.getDocumentElement()) instanceof Map<?, ?> map ? typed(map) : Map.of();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("an answer that is not XML", e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> typed(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    private static Object value(Element element) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        var children = false;
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                children = true;
                add(object, child.getNodeName(), value((Element) child));
            }
        }
        return children ? object : element.getTextContent();
    }

    private static void add(Map<String, @Nullable Object> object, String name, Object value) {
        var before = object.get(name);
        if (before == null) {
            object.put(name, value);
        } else if (before instanceof List<?> list) {
            var longer = new ArrayList<@Nullable Object>(list);
            longer.add(value);
            object.put(name, longer);
        } else {
            object.put(name, new ArrayList<@Nullable Object>(List.of(before, value)));
        }
    }
}
