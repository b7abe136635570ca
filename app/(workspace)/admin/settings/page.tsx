import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { findSettings } from "@/lib/features/settings/find-settings";
import { may } from "@/lib/records/access";
import { BlindReading } from "./blind-reading";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const actor = await pageActor();
  if (!may(actor, "settings:write")) notFound();
  return (
    <PageBody>
      <PageHeader title="Settings" lead="For the whole installation" />
      <BlindReading settings={await findSettings(actor)} />
    </PageBody>
  );
}
