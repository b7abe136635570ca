import "./globals.css";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";

export const metadata: Metadata = {
  title: { default: "Sulcus", template: "%s · Sulcus" },
  description: "Curate brain-MRI data sets: for research and dataset curation; not for diagnosis.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "dark", themeColor: "#090b0e" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time would lack the nonce that its scripts need.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
