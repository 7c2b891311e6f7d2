package dev.baton.local.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// An element of a request's XML. Namespaces and attributes are left aside, as S3 leaves them.
record XmlElement(String name, String text, List<XmlElement> children) {
    private static final int MAX_DEPTH = 16;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /// The root of a document.
    ///
    /// @throws dev.baton.local.http.AwsError `MalformedXML`, also where the root has another name
    static XmlElement parse(byte[] document, String root) {
        try {
            var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw S3Error.malformedXml();
                }
            }
            var element = element(reader, 0);
            while (reader.hasNext()) {
                reader.next();
            }
            if (!element.name().equals(root)) {
                throw S3Error.malformedXml();
            }
            return element;
        } catch (XMLStreamException | NoSuchElementException e) {
            throw S3Error.malformedXml();
        }
    }

    private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw S3Error.malformedXml();
        }
        var name = reader.getLocalName();
        var text = new StringBuilder();
        var children = new ArrayList<XmlElement>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(name, text.toString(), children);
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw S3Error.malformedXml();
                default -> {}
            }
        }
    }

    /// The text of a child; nothing where there is none.
    @Nullable
    String get(String child) {
        for (var element : children) {
            if (element.name().equals(child)) {
                return element.text();
            }
        }
        return null;
    }

    /// The text of a child without blanks around it.
    ///
    /// @throws dev.baton.local.http.AwsError `MalformedXML` where there is none
    String require(String child) {
        var text = get(child);
        if (text == null) {
            throw S3Error.malformedXml();
        }
        return text.strip();
    }

    @Nullable
    XmlElement child(String name) {
        for (var element : children) {
            if (element.name().equals(name)) {
                return element;
            }
        }
        return null;
    }

    List<XmlElement> all(String name) {
        return children.stream().filter(element -> element.name().equals(name)).toList();
    }
}
