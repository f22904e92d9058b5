/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginOffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.osgi.framework.Version;

/**
 * The index of a repository: XML of OSGi Compendium 8, 132.5, in gzip. Berth reads and writes the identity and the content of each bundle; what
 * a bundle needs is asked of the jar itself.
 */
final class RepositoryIndex {

    static final String FILE = "index.xml.gz";

    private static final String NAMESPACE = "http://www.osgi.org/xmlns/repository/v1.0.0";
    private static final String IDENTITY = "osgi.identity";
    private static final String CONTENT = "osgi.content";

    /** Keep a hostile index from filling the memory. */
    private static final int MOST_BYTES = 32 << 20;

    private static final int MOST_ATTRIBUTES = 1000;

    private RepositoryIndex() {}

    /** A bundle and where it lies, relative to the index. */
    record Entry(PluginInfo info, String url, long size) {}

    static void write(OutputStream out, String name, long increment, List<Entry> entries) throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(gzip, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("repository");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("name", clean(name));
            xml.writeAttribute("increment", Long.toString(increment));
            for (Entry entry : entries) {
                xml.writeStartElement("resource");
                xml.writeStartElement("capability");
                xml.writeAttribute("namespace", IDENTITY);
                attribute(xml, IDENTITY, "String", entry.info().name());
                attribute(xml, "version", "Version", entry.info().version());
                attribute(xml, "type", "String", "osgi.bundle");
                attribute(xml, "description", "String", entry.info().description());
                xml.writeEndElement();
                xml.writeStartElement("capability");
                xml.writeAttribute("namespace", CONTENT);
                attribute(xml, CONTENT, "String", entry.info().sha256());
                attribute(xml, "url", "String", entry.url());
                attribute(xml, "size", "Long", Long.toString(entry.size()));
                attribute(xml, "mime", "String", "application/vnd.osgi.bundle");
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void attribute(XMLStreamWriter xml, String name, String type, String value)
            throws XMLStreamException {
        xml.writeEmptyElement("attribute");
        xml.writeAttribute("name", name);
        if (!type.equals("String")) {
            xml.writeAttribute("type", type);
        }
        xml.writeAttribute("value", clean(value));
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", " ");
    }

    /**
     * Reads an index.
     *
     * @param file where it is now
     * @param address where it came from, which addresses in it are relative to
     * @throws BerthException when it is no index, or names what it may not
     */
    static List<PluginOffer> read(Path file, RepositoryAddress address) throws BerthException {
        List<PluginOffer> offers = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(java.nio.file.Files.newInputStream(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it unpacks to more than " + MOST_BYTES + " bytes");
            }
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(
                    new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name());
            Map<String, String> resource = new HashMap<>();
            String namespace = "";
            boolean repository = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new IOException("it has a document type");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "repository" -> repository = NAMESPACE.equals(xml.getNamespaceURI());
                        case "resource" -> resource.clear();
                        case "capability" -> namespace = value(xml, "namespace");
                        case "requirement" -> namespace = "";
                        case "attribute" -> {
                            if (resource.size() < MOST_ATTRIBUTES) {
                                resource.putIfAbsent(namespace + " " + value(xml, "name"), value(xml, "value"));
                            }
                        }
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("resource")) {
                    offers.add(offer(resource, address));
                }
            }
            if (!repository) {
                throw new IOException("it is not an OSGi repository");
            }
            return offers;
        } catch (IOException | XMLStreamException | IllegalArgumentException e) {
            throw Problems.invalid(
                    "plugin.repository",
                    "The index of the repository " + address + " cannot be read: " + e.getMessage(),
                    "Its owner makes it anew with: berth plugin index FOLDER",
                    e);
        }
    }

    private static String value(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static PluginOffer offer(Map<String, String> resource, RepositoryAddress address) throws IOException {
        String name = resource.getOrDefault(IDENTITY + " " + IDENTITY, "");
        String digest = resource.getOrDefault(CONTENT + " " + CONTENT, "");
        if (!JarCheck.mayBeName(name)) {
            throw new IOException("a plugin has a name that none may have");
        }
        if (!digest.matches("[0-9a-fA-F]{64}")) {
            throw new IOException("the plugin " + name + " has no SHA-256");
        }
        return new PluginOffer(
                name,
                Version.parseVersion(resource.getOrDefault(IDENTITY + " version", ""))
                        .toString(),
                resource.getOrDefault(IDENTITY + " description", ""),
                address.resolve(resource.getOrDefault(CONTENT + " url", "")),
                digest);
    }
}
