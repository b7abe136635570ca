"use client";

import { Printer } from "lucide-react";
import { Button } from "@/app/_ui/button";

export function PrintReport() {
  return (
    <Button onClick={() => window.print()} className="print:hidden">
      <Printer size={14} aria-hidden="true" />
      Print this report
    </Button>
  );
}
