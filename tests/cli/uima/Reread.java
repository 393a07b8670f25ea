// SPDX-License-Identifier: GPL-3.0-or-later
// Apache UIMA's own reader and writer of XMI: for each folder named, loads TypeSystem.xml and the .xmi beside
// it, strictly, tells each structure as a line of JSON, and writes the CAS again as again.xmi.

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.FSIterator;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.FeatureStructure;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

public final class Reread {
  public static void main(String[] folders) throws Exception {
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String folder : folders)
      reread(new File(folder), out);
    out.flush();
  }

  private static void reread(File folder, PrintStream out) throws Exception {
    TypeSystemDescription types = UIMAFramework.getXMLParser()
        .parseTypeSystemDescription(new XMLInputSource(new File(folder, "TypeSystem.xml")));
    types.resolveImports();
    CAS cas = CasCreationUtils.createCas(types, null, null);
    File[] files = folder.listFiles((where, name) -> name.endsWith(".xmi"));
    try (InputStream in = new FileInputStream(files[0])) {
      XmiCasDeserializer.deserialize(in, cas, false);
    }
    out.print("{\"folder\": " + quote(folder.getPath()) + ", \"text\": " + quote(cas.getDocumentText()));
    out.print(", \"annotations\": [");
    String between = "";
    FSIterator<AnnotationFS> all = cas.getAnnotationIndex().iterator();
    for (; all.isValid(); all.moveToNext(), between = ", ")
      out.print(between + describe(all.get()));
    out.println("]}");
    try (OutputStream again = new FileOutputStream(new File(folder, "again.xmi"))) {
      XmiCasSerializer.serialize(cas, again);
    }
  }

  private static String describe(AnnotationFS one) {
    StringBuilder said = new StringBuilder("{\"type\": " + quote(one.getType().getName()));
    said.append(", \"covered\": ").append(quote(one.getCoveredText()));
    for (Feature feature : one.getType().getFeatures()) {
      if (feature.getRange().getName().equals("uima.cas.String")) {
        said.append(", ").append(quote(feature.getShortName()));
        said.append(": ").append(quote(one.getStringValue(feature)));
      } else if (!feature.getRange().isPrimitive()) {
        FeatureStructure value = one.getFeatureValue(feature);
        if (value instanceof AnnotationFS)
          said.append(", ").append(quote(feature.getShortName())).append(": ")
              .append(quote(((AnnotationFS) value).getCoveredText()));
      }
    }
    return said.append("}").toString();
  }

  private static String quote(String text) {
    if (text == null)
      return "null";
    StringBuilder quoted = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      if (unit < ' ' || unit == '"' || unit == '\\')
        quoted.append(String.format("\\u%04x", (int) unit));
      else
        quoted.append(unit);
    }
    return quoted.append('"').toString();
  }
}
